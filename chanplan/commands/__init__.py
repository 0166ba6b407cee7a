"""The product without a screen, one command a file; everything goes through the workspace."""
