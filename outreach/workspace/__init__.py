"""Files on disk in; settings, records and the overlaid library out, with file and line for whatever is wrong."""
