drop function unnumbered_news();
alter table situation_change drop column noted_at;
