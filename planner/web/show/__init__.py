"""What a page shows, worked out before the template: words and numbers, no markup."""
