"""Other processes and machines that share the work of one job, by dask.distributed."""
