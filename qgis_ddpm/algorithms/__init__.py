"""The Processing provider `ddpm`: one algorithm for each job, run in a worker."""
