"""Pages of the workspace, one function per button, split by what they are about."""
