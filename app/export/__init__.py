"""What a run can be taken home as: files that other programs open."""
