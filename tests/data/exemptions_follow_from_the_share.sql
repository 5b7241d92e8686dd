-- Rules: E-02, E-03, E-04.
-- Shares lie between 0 and 1. From the exempt share in force a person is exempt in both measurements, below it in that of
-- conversations only, only by the early rules of 2024 (version 1.73) and only below seven months.
with months as (
    select measure_month, exempt_percent, early_exempt_percent, early_exempt_mii_days
    from {{ ref('int_months') }}
),

person_months as (
    select
        spell_id,
        measure_month,
        duration_interval,
        exempt_share,
        mii_days,
        is_exempt_conversations,
        is_exempt_offers,
        duration_interval in ('m00', 'm01', 'm02', 'm03', 'm04', 'm05', 'm06') as is_early
    from {{ ref('fct_person_months') }}
),

final as (
    select person_months.*
    from person_months
    inner join months on person_months.measure_month = months.measure_month
    where
        person_months.exempt_share not between 0 and 1
        or person_months.is_exempt_offers <> (person_months.exempt_share * 100 >= months.exempt_percent)
        or person_months.is_exempt_conversations <> (
            person_months.is_exempt_offers
            or (
                person_months.is_early
                and person_months.measure_month >= date '2024-01-01'
                and {{ is_built_from('1.73') }}
                and (
                    person_months.exempt_share * 100 >= months.early_exempt_percent
                    or person_months.mii_days >= months.early_exempt_mii_days
                )
            )
        )
)

select * from final
