drop function data_protection_addresses();
