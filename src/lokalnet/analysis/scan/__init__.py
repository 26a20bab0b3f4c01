"""The space-time scan statistic: where and when there was more than chance gives."""
