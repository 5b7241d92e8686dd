-- Grain: person x stretch of the hour clock's time line, from the first hour on. Rules: D-03, T-02, T-03, T-06.
-- A-dagpenge hours that are not dead, spread over weekdays.
with final as ({{ hours_time_line(ref('int_dagpenge_hour_rows'), 'weekdays_through') }})

select * from final
