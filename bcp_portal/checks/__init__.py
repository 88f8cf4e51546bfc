"""What must hold before something is submitted, issued or printed, asked of every room that knows."""
