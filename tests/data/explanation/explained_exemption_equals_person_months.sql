-- Rules: E-01, E-02, E-03, E-04.
-- The exempt units of the absences over the units of the window are the exempt share; the days of MII, and both answers,
-- are those of the person-month.
with absences as (
    select
        person_id,
        measure_month,
        benefit_group,
        coalesce(sum(amount) filter (where sentence <> 'mii_period'), 0) as exempt_amount,
        coalesce(sum(amount) filter (where sentence = 'mii_period'), 0) as mii_days
    from {{ ref('explain_exemption_days') }}
    group by person_id, measure_month, benefit_group
),

windows as (
    select person_id, measure_month, benefit_group, amount as window_amount
    from {{ ref('explain_clock') }}
    where sentence like 'window%'
),

answers as (
    select
        person_id,
        measure_month,
        benefit_group,
        bool_or(is_counted) filter (where sentence like 'conversations%') as is_exempt_conversations,
        bool_or(is_counted) filter (where sentence like 'offers%') as is_exempt_offers
    from {{ ref('explain_exemptions') }}
    group by person_id, measure_month, benefit_group
),

final as (
    select
        person_months.person_id,
        person_months.measure_month,
        person_months.benefit_group,
        person_months.exempt_share,
        absences.exempt_amount,
        windows.window_amount
    from {{ ref('fct_person_months') }} as person_months
    left join windows
        on {{ same_month('person_months', 'windows') }}
    left join absences
        on {{ same_month('person_months', 'absences') }}
    left join answers
        on {{ same_month('person_months', 'answers') }}
    where
        windows.window_amount is null
        or abs(person_months.exempt_share * windows.window_amount - coalesce(absences.exempt_amount, 0)) > 0.000001
        or person_months.mii_days <> coalesce(absences.mii_days, 0)
        or person_months.is_exempt_conversations is distinct from answers.is_exempt_conversations
        or person_months.is_exempt_offers is distinct from answers.is_exempt_offers
)

select * from final
