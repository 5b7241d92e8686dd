-- Grain: person-month x KL target group in which the measurement date is a member day x indicator. Rules: K-02.
-- What each person-month counts in conversation intensity (persons not exempt, of them those with enough conversations)
-- and in average duration (persons, and their days or hours).
with indicator_rows as (
    select
        person_months.*,
        indicators.target_group,
        indicators.indicator,
        indicators.is_conditional,
        indicators.required_conversations,
        indicators.look_back_days
    from {{ ref('int_person_months') }} as person_months
    inner join {{ ref('int_kl_month_indicators') }} as indicators
        on
            person_months.benefit_group = indicators.benefit
            and person_months.duration_interval = indicators.duration_interval
),

member_rows as (
    select *
    from indicator_rows
    where not is_conditional
    union all
    select indicator_rows.*
    from indicator_rows
    inner join {{ ref('int_kl_member_days') }} as members
        on
            indicator_rows.person_key = members.person_key
            and indicator_rows.target_group = members.target_group
            and indicator_rows.measurement_date between members.start_date and members.end_date
    where indicator_rows.is_conditional
),

counted_rows as (
    select *, conversations as counted_conversations
    from member_rows
    where look_back_days is null
    union all
    select
        member_rows.*,
        coalesce(at_end.conversations_through, 0)
        - coalesce(before_look_back.conversations_through, 0) as counted_conversations
    from member_rows
    left join {{ ref('int_counted_conversations') }} as at_end
        on
            member_rows.spell_key = at_end.spell_key
            and member_rows.measurement_date between at_end.start_date and at_end.until_date
    left join {{ ref('int_counted_conversations') }} as before_look_back
        on
            member_rows.spell_key = before_look_back.spell_key
            and member_rows.measurement_date - member_rows.look_back_days - 1
            between before_look_back.start_date and before_look_back.until_date
    where member_rows.look_back_days is not null
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
        case when indicator = 'conversation_intensity' and is_exempt_conversations then 0 else 1 end as counted_persons,
        case
            when indicator <> 'conversation_intensity'
                then duration_units * case clock_unit when 'hours' then 0.01 else 1.00 end
            when not is_exempt_conversations and counted_conversations >= required_conversations then 1.00
            else 0.00
        end as counted_value
    from counted_rows
)

select * from final
