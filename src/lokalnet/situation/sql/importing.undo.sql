drop function import_member(text);
