"""What any training needs: averages, optimizers, length, checkpoints, and the experiment folder."""
