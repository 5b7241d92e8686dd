-- Grain: benefit group x duration interval x KL target group x indicator made of person-months. Rules: K-01, K-02.
-- Which person-months an indicator looks at, and whether membership on the measurement date must be looked up: it need not
-- where any benefit day makes a member.
with groups as (
    select
        target_group,
        benefit,
        visitation_category <> 'ALL' or below_age is not null as is_conditional
    from {{ ref('kl_target_groups') }}
),

intervals as (
    select distinct duration_interval
    from {{ ref('duration_intervals') }}
),

final as (
    select
        groups.target_group,
        groups.benefit,
        groups.is_conditional,
        intensity.duration_interval,
        'conversation_intensity' as indicator,
        intensity.required_conversations,
        intensity.look_back_days
    from groups
    inner join {{ ref('kl_conversation_intensity') }} as intensity on groups.target_group = intensity.target_group
    union all
    select
        groups.target_group,
        groups.benefit,
        groups.is_conditional,
        intervals.duration_interval,
        'average_duration_' || intervals.duration_interval as indicator,
        null as required_conversations,
        null as look_back_days
    from groups
    inner join {{ ref('kl_indicator_groups') }} as indicator_groups
        on groups.target_group = indicator_groups.target_group and indicator_groups.indicator = 'average_duration'
    cross join intervals
)

select * from final
