"""Command line in; exit codes, data on stdout and everything else on stderr out."""
