-- Grain: person-month x KL target group whose member day the measurement date is x indicator. Rules: K-02.
-- The rows that conversation intensity and average duration are made of, with what they count.
{{ config(materialized='view') }}

with member_rows as (
    select
        person_months.*,
        groups.target_group
    from {{ ref('int_person_months') }} as person_months
    inner join {{ ref('kl_target_groups') }} as groups on person_months.benefit_group = groups.benefit
    semi join {{ ref('int_kl_member_days') }} as members
        on
            person_months.person_key = members.person_key
            and groups.target_group = members.target_group
            and person_months.measurement_date between members.start_date and members.end_date
),

intensity_rows as (
    select
        member_rows.*,
        'conversation_intensity' as indicator,
        intensity.required_conversations,
        case
            when intensity.look_back_days is null then member_rows.conversations
            else
                coalesce(at_end.conversations_through, 0) - coalesce(before_look_back.conversations_through, 0)
        end as counted_conversations
    from member_rows
    inner join {{ ref('kl_conversation_intensity') }} as intensity
        on
            member_rows.target_group = intensity.target_group
            and member_rows.duration_interval = intensity.duration_interval
    left join {{ ref('int_counted_conversations') }} as at_end
        on
            intensity.look_back_days is not null
            and member_rows.spell_key = at_end.spell_key
            and member_rows.measurement_date between at_end.start_date and at_end.until_date
    left join {{ ref('int_counted_conversations') }} as before_look_back
        on
            intensity.look_back_days is not null
            and member_rows.spell_key = before_look_back.spell_key
            and member_rows.measurement_date - intensity.look_back_days - 1
            between before_look_back.start_date and before_look_back.until_date
),

duration_groups as (
    select target_group
    from {{ ref('kl_indicator_groups') }}
    where indicator = 'average_duration'
),

final as (
    select
        person_key,
        measure_month,
        measurement_date,
        municipality_code,
        benefit_group,
        target_group,
        indicator,
        cast(not is_exempt_conversations as integer) as counted_persons,
        case
            when not is_exempt_conversations and counted_conversations >= required_conversations then 1.0 else 0.0
        end as counted_value
    from intensity_rows
    union all
    select
        member_rows.person_key,
        member_rows.measure_month,
        member_rows.measurement_date,
        member_rows.municipality_code,
        member_rows.benefit_group,
        member_rows.target_group,
        'average_duration_' || member_rows.duration_interval as indicator,
        1 as counted_persons,
        member_rows.duration_units * case member_rows.clock_unit when 'hours' then 0.01 else 1.00 end as counted_value
    from member_rows
    semi join duration_groups on member_rows.target_group = duration_groups.target_group
)

select * from final
