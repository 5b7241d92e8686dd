-- Grain: person x period of benefit days that a rule moves to another benefit or deletes. Rules: B-05, B-06.
-- other_benefit is the one that takes the days, or the one they are supplementary to.
with prerehabilitations as ({{ known_rows(ref('stg_ky__prerehabilitations')) }}),

final as (
    select
        payments.person_id,
        payments.benefit,
        'revalidering' as other_benefit,
        greatest(payments.start_date, prerehabilitations.start_date) as start_date,
        least(payments.end_date, prerehabilitations.end_date) as end_date,
        'days_moved' as change
    from {{ with_person_id(ref('int_municipal_payments')) }} as payments
    inner join prerehabilitations
        on
            payments.person_id = prerehabilitations.person_id
            and payments.start_date <= prerehabilitations.end_date
            and payments.end_date >= prerehabilitations.start_date
    where payments.benefit <> 'revalidering'
    union all
    select
        days.person_id,
        days.benefit,
        main_days.benefit as other_benefit,
        greatest(days.start_date, main_days.start_date) as start_date,
        least(days.end_date, main_days.end_date) as end_date,
        'days_deleted' as change
    from {{ with_person_id(ref('int_municipal_days')) }} as days
    inner join {{ ref('benefits') }} as supplementary
        on days.benefit = supplementary.benefit and supplementary.is_supplementary
    inner join {{ with_person_id(ref('int_benefit_intervals')) }} as main_days
        on
            days.person_id = main_days.person_id
            and days.start_date <= main_days.end_date
            and days.end_date >= main_days.start_date
    inner join {{ ref('benefits') }} as main_benefits
        on main_days.benefit = main_benefits.benefit and main_benefits.displaces_supplementary
)

select * from final
