-- Grain: person x measured month x group x conversation. Rules: C-01 to C-11.
-- Held or not, from three months before the spell to the end of the month: whether the month counts the conversation, and
-- the rule that decides: that of the decision, of the window, or of what keeps a conversation from being judged at all.
with decisions as (
    select
        verdicts.person_id,
        verdicts.spell_key,
        verdicts.conversation_id,
        verdicts.verdict,
        verdicts.is_admitted,
        coalesce(verdicts.conversation_date = first_conversations.conversation_date, false) as is_first_date
    from {{ with_person_id(ref('int_conversation_verdicts')) }} as verdicts
    left join {{ with_person_id(ref('int_first_conversations')) }} as first_conversations
        on verdicts.person_id = first_conversations.person_id and verdicts.spell_key = first_conversations.spell_key
),

registrations as (
    select spells.person_id, spell_registrations.spell_key, spell_registrations.registration_date
    from {{ ref('int_explained_spells') }} as spells
    inner join {{ ref('int_spell_registrations') }} as spell_registrations on spells.spell_key = spell_registrations.spell_key
),

conversations as (
    select
        {{ month_columns('months') }},
        conversations.conversation_id as samtale_id,
        conversations.conversation_date,
        conversations.conversation_type,
        conversations.contact_form,
        conversations.held_by,
        conversations.status,
        conversations.municipality_code,
        decisions.verdict,
        decisions.is_admitted,
        decisions.is_first_date,
        case
            when not decisions.is_admitted then 'conversation_rejected'
            when decisions.is_admitted and conversations.conversation_date > months.measurement_date
                then 'conversation_after_measurement'
            when decisions.is_admitted and not months.is_12_plus then 'conversation_counts'
            when decisions.is_admitted and conversations.conversation_date >= months.window_start_date then 'conversation_counts'
            when decisions.is_admitted and conversations.conversation_date < months.spell_start_date
                then 'conversation_before_start_after_a_year'
            when decisions.is_admitted then 'conversation_before_window'
            when conversations.status <> 'AFHOLDT' then 'conversation_not_held'
            when conversations.conversation_date > months.measurement_date then 'conversation_after_measurement'
            when not benefits.has_conversations_before_start then 'conversation_before_start'
            when coalesce(months.spell_start_date < {{ legal_date('conversations_before_start_from') }}, true)
                then 'conversation_before_start'
            when registrations.registration_date is null then 'conversation_without_registration'
            else 'conversation_before_registration'
        end as conversation,
        registrations.registration_date,
        months.window_start_date,
        months.measurement_date,
        months.spell_start_date
    from {{ ref('int_explained_months') }} as months
    inner join {{ ref('stg_tass__conversations') }} as conversations
        on
            months.person_id = conversations.person_id
            and months.month_end >= conversations.conversation_date
            and conversations.conversation_date
            >= {{ add_months('months.spell_start_date', '-' ~ legal_parameter('registration_months')) }}
    inner join {{ ref('benefits') }} as benefits on months.benefit_group = benefits.benefit
    left join decisions
        on
            months.person_id = decisions.person_id
            and months.spell_key = decisions.spell_key
            and conversations.conversation_id = decisions.conversation_id
    left join registrations
        on months.person_id = registrations.person_id and months.spell_key = registrations.spell_key
    where months.is_measured
),

final as (
    select
        {{ month_columns('conversations') }},
        conversations.samtale_id,
        conversations.conversation_date,
        conversations.conversation_type,
        conversations.contact_form,
        conversations.held_by,
        conversations.status,
        conversations.municipality_code,
        conversations.verdict,
        conversations.is_admitted,
        conversations.is_first_date,
        conversations.conversation_date as from_date,
        cast(null as date) as to_date,
        cast(case when conversations.conversation = 'conversation_counts' then 1 else 0 end as decimal(12, 2)) as amount,
        'conversations' as unit,
        conversations.conversation = 'conversation_counts' as is_counted,
        {{ told(
            [
                named('types'), named('forms'), named('holders'), named('statuses'),
                {'da': 'verdicts.reason_da', 'en': 'verdicts.reason'},
                'conversations.window_start_date', 'conversations.measurement_date', 'conversations.spell_start_date',
                'conversations.registration_date',
            ],
            decided_by_verdict="conversations.conversation in ('conversation_counts', 'conversation_rejected')"
        ) }}
    from conversations
    inner join {{ ref('code_names') }} as types
        on types.code_list = 'conversation_type' and conversations.conversation_type = types.code
    inner join {{ ref('code_names') }} as forms
        on forms.code_list = 'contact_form' and conversations.contact_form = forms.code
    inner join {{ ref('code_names') }} as holders on holders.code_list = 'held_by' and conversations.held_by = holders.code
    inner join {{ ref('code_names') }} as statuses
        on statuses.code_list = 'conversation_status' and conversations.status = statuses.code
    left join {{ ref('conversation_verdicts') }} as verdicts on conversations.verdict = verdicts.verdict
    left join {{ ref('explanation_sentences') }} as sentences on conversations.conversation = sentences.sentence
)

select * from final
