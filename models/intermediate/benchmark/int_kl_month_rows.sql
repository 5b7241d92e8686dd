-- Grain: person-month x KL target group in which the measurement date is a member day. Rules: K-01, K-02.
-- What conversation intensity and average duration count of a person-month.
{{ config(materialized='view') }}

with target_rows as (
    select
        person_months.spell_key,
        person_months.person_key,
        person_months.measure_month,
        person_months.measurement_date,
        person_months.municipality_code,
        person_months.benefit_group,
        person_months.duration_interval,
        person_months.duration_units * case person_months.clock_unit when 'hours' then 0.01 else 1.00 end as duration,
        person_months.is_exempt_conversations,
        person_months.conversations,
        targets.target_group,
        targets.is_conditional,
        targets.required_conversations,
        targets.look_back_days,
        targets.has_average_duration
    from {{ ref('int_person_months') }} as person_months
    inner join {{ ref('int_kl_target_intervals') }} as targets
        on
            person_months.benefit_group = targets.benefit
            and person_months.duration_interval = targets.duration_interval
),

conditional_members as (
    select members.*
    from {{ ref('int_kl_member_days') }} as members
    semi join {{ ref('int_kl_target_intervals') }} as targets
        on members.target_group = targets.target_group and targets.is_conditional
),

final as (
    select
        target_rows.person_key,
        target_rows.measure_month,
        target_rows.measurement_date,
        target_rows.municipality_code,
        target_rows.benefit_group,
        target_rows.target_group,
        target_rows.duration_interval,
        target_rows.duration,
        target_rows.has_average_duration,
        target_rows.is_exempt_conversations,
        case
            when target_rows.look_back_days is null then target_rows.conversations
            else coalesce(at_end.conversations_through, 0) - coalesce(before_look_back.conversations_through, 0)
        end >= target_rows.required_conversations as has_required_conversations
    from target_rows
    left join conditional_members as members
        on
            target_rows.person_key = members.person_key
            and target_rows.target_group = members.target_group
            and target_rows.measurement_date between members.start_date and members.end_date
    left join {{ ref('int_counted_conversations') }} as at_end
        on
            case when target_rows.look_back_days is not null then target_rows.spell_key end = at_end.spell_key
            and target_rows.measurement_date between at_end.start_date and at_end.until_date
    left join {{ ref('int_counted_conversations') }} as before_look_back
        on
            case when target_rows.look_back_days is not null then target_rows.spell_key end = before_look_back.spell_key
            and target_rows.measurement_date - target_rows.look_back_days - 1
            between before_look_back.start_date and before_look_back.until_date
    where not target_rows.is_conditional or members.person_key is not null
)

select * from final
