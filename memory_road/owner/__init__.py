"""What somebody who has an account can take away, and how they leave."""
