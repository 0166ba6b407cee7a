"""The page on which the company says where its members belong, and sees what that moves."""
