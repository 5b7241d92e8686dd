-- Grain: benefit group x duration interval x KL target group. Rules: K-01, K-02.
-- Which person-months the indicators of a target group look at, what conversation intensity asks of them, and whether
-- membership on the measurement date must be looked up: it need not where any benefit day makes a member.
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
        {{ code('target_group', 'groups.target_group') }} as target_group,
        {{ code('benefit', 'groups.benefit') }} as benefit,
        groups.is_conditional,
        {{ code('duration_interval', 'intervals.duration_interval') }} as duration_interval,
        intensity.required_conversations,
        intensity.look_back_days,
        indicator_groups.indicator is not null as has_average_duration
    from groups
    cross join intervals
    left join {{ ref('kl_conversation_intensity') }} as intensity
        on
            groups.target_group = intensity.target_group
            and intervals.duration_interval = intensity.duration_interval
    left join {{ ref('kl_indicator_groups') }} as indicator_groups
        on groups.target_group = indicator_groups.target_group and indicator_groups.indicator = 'average_duration'
    where intensity.required_conversations is not null or indicator_groups.indicator is not null
)

select * from final
