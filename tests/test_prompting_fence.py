from hypothesis import given
from hypothesis import strategies as st

from outreach.prompting.fence import fence_token, fenced


def test_stable_for_a_call_and_another_for_another_secret_or_content():
    token = fence_token(b"secret", {"profile": "text"})
    assert token == fence_token(b"secret", {"profile": "text"})
    assert (
        len({token, fence_token(b"other", {"profile": "text"}), fence_token(b"secret", {"profile": "texts"})})
        == 3
    )


@given(st.text(), st.lists(st.integers(0, 20), max_size=4))
def test_no_copy_of_the_fence_survives_inside(text, cuts):
    token = fence_token(b"secret", text)
    hostile = text + token
    for cut in cuts:  # nested copies: taking one out must not put another together
        hostile = hostile[:cut] + token[:cut] + hostile[cut:] + token[cut:]
    assert fenced(token, "profile", hostile).count(token) == 2
