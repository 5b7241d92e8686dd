-- Rules: E-03, G-01, H-02, M-01, M-12, V-07; C-10, whose number of months goes with spells that start in a whole year.
-- Parameters read by the measured month hold from the first of a month to the last of one, and those of a year so too.
{% set seeds = ['active_focus_goals', 'early_effort_groups', 'focus_goal_limits', 'legal_parameters'] %}
with periods as (
    {% for seed in seeds %}
    select '{{ seed }}' as seed, valid_from, valid_to
    from {{ ref(seed) }}
    union all
    {% endfor %}
    select 'legal_dates' as seed, date_value as valid_from, {{ forever() }} as valid_to
    from {{ ref('legal_dates') }}
),

final as (
    select *
    from periods
    where
        day(valid_from) <> 1
        or valid_to <> {{ month_end('valid_to') }}
        or (seed = 'active_focus_goals' and (month(valid_from) <> 1 or month(valid_to) <> 12))
)

select * from final
