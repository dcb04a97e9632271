"""The process that works on a job."""
