drop policy chosen on access_member_area;
drop policy let_go on access_member_area;
