"""Words of the business; this package imports the standard library and nothing else."""
