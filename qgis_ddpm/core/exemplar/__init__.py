"""New ground that is put together from small pieces of given imagery, without any training."""
