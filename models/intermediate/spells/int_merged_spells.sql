-- Grain: spell (ydelsesforløb), before S-05. Rules: S-01, S-02, S-03, S-04, S-06.
-- One sort builds the spells of every benefit; only the break differs, and the benefits seed names it.
with merged as (
    {{ merge_intervals(
        ref('int_spell_inputs'),
        ['person_key', 'benefit_group', 'spell_rule', 'period_start'],
        breaks_when="case spell_rule
            when 'calendar_month'
                then " ~ month_number('start_date') ~ " - " ~ month_number('latest_end_before') ~ " - 1 >= " ~ legal_parameter('spell_break_months') ~ "
            when 'overlap' then start_date >= latest_end_before
            else false
        end"
    ) }}
),

final as (
    select
        {{ spell_key('person_key', 'benefit_group', 'coalesce(period_start, start_date)') }} as spell_key,
        person_key,
        benefit_group,
        coalesce(period_start, start_date) as start_date,
        end_date
    from merged
)

select * from final
