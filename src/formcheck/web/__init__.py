"""The browser as camera and screen: pages, live runs, recordings, and who gets in."""
