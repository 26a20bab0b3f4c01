drop function area_figures(uuid, text, timestamptz, timestamptz), slip_rate(uuid), judge_sample(uuid, text),
  sampled_texts(date), draw_sample(date, integer);
drop policy overseen on situation_sample;
drop policy kept on situation_watch;
drop policy shared on situation_watch;
drop policy kept on situation_contact;
drop policy shared on situation_contact;
drop policy own on situation_upload;
drop policy own on situation_export;
drop policy own on situation_savedview;
