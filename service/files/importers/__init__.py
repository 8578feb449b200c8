"""What people bring: files and folders made into records, or refused with every fault named."""
