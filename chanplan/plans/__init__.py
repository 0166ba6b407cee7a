"""What people say about their data beyond the files: which names mean one thing."""
