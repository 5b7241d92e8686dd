-- Grain: spell that may count conversations before its start. Rules: C-10.
-- The registration date R: the earliest registration in the months before the spell; for a-dagpenge the earliest after
-- the last a-dagpenge day before the spell.
with spells as (
    select spells.spell_key, spells.person_key, spells.benefit_group, spells.start_date
    from {{ ref('int_spells') }} as spells
    inner join {{ ref('benefits') }} as benefits
        on spells.benefit_group = benefits.benefit and benefits.has_conversations_before_start
    where spells.start_date >= {{ legal_date('conversations_before_start_from') }}
),

last_dagpenge_days as (
    select spells.spell_key, max(least(dagpenge_days.end_date, spells.start_date - 1)) as last_dagpenge_day
    from spells
    inner join {{ ref('int_dagpenge_days') }} as dagpenge_days
        on spells.person_key = dagpenge_days.person_key and spells.start_date > dagpenge_days.start_date
    where spells.benefit_group = 'a_dagpenge'
    group by spells.spell_key
),

final as (
    select
        spells.spell_key,
        min(registrations.registration_date) as registration_date
    from spells
    left join last_dagpenge_days on spells.spell_key = last_dagpenge_days.spell_key
    inner join {{ ref('stg_tass__registrations') }} as registrations
        on
            spells.person_key = registrations.person_key
            and spells.start_date > registrations.registration_date
            and registrations.registration_date
            >= {{ add_months('spells.start_date', '-' ~ legal_parameter('registration_months')) }}
            and registrations.registration_date > coalesce(last_dagpenge_days.last_dagpenge_day, {{ before_time() }})
    group by spells.spell_key
)

select * from final
