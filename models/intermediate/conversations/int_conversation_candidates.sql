-- Grain: held conversation x spell it may count in. Rules: C-01, C-02, C-10.
-- From the spell's start (from R under C-10) to its last measurement date.
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

final as (
    select
        conversations.conversation_id,
        conversations.conversation_date,
        {{ code('contact_form', 'conversations.contact_form') }} as contact_form,
        {{ code('held_by', 'conversations.held_by') }} as held_by,
        {{ code('municipality_code', 'conversations.municipality_code') }} as municipality_code,
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
)

select * from final
