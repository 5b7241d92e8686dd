-- Grain: held conversation x spell it may count in. Rules: C-01, C-02, C-09, C-10.
-- From the spell's start (from R under C-10) to its last measurement date; with the first date of an admitted type.
with last_measurements as (
    select spell_key, max(measurement_date) as last_measurement_date
    from {{ ref('int_measured_months') }}
    group by spell_key
),

measured_spells as (
    select
        spells.spell_key,
        spells.person_key,
        spells.benefit_group,
        spells.clock_unit,
        spells.start_date as spell_start_date,
        coalesce(registrations.registration_date, spells.start_date) as first_date,
        last_measurements.last_measurement_date
    from {{ ref('int_spells') }} as spells
    inner join last_measurements on spells.spell_key = last_measurements.spell_key
    left join {{ ref('int_spell_registrations') }} as registrations on spells.spell_key = registrations.spell_key
),

candidates as (
    select
        conversations.conversation_id,
        conversations.conversation_date,
        conversations.contact_form,
        conversations.held_by,
        conversations.municipality_code,
        spells.spell_key,
        spells.person_key,
        spells.benefit_group,
        spells.clock_unit,
        spells.spell_start_date,
        types.rule_id is not null as is_admitted_type
    from {{ ref('stg_tass__conversations') }} as conversations
    inner join measured_spells as spells
        on
            conversations.person_key = spells.person_key
            and conversations.conversation_date between spells.first_date and spells.last_measurement_date
    left join {{ ref('conversation_types') }} as types
        on
            spells.benefit_group = types.benefit_group
            and conversations.conversation_type = types.conversation_type
            and conversations.held_by = types.held_by
            and conversations.conversation_date between types.valid_from and types.valid_to
    where conversations.status = 'AFHOLDT'
),

first_dates as (
    select spell_key, min(conversation_date) as first_conversation_date
    from candidates
    where is_admitted_type
    group by spell_key
),

final as (
    select
        candidates.*,
        candidates.conversation_date = first_dates.first_conversation_date as is_first_date
    from candidates
    left join first_dates on candidates.spell_key = first_dates.spell_key
)

select * from final
