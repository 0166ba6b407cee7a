"""What the speed claims are measured with: each program prints ratios within one run."""
