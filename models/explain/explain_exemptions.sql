-- Grain: person x measured month x group x question about exemption (fritagelse). Rules: E-02, E-03, E-04.
-- The exempt share of the window against each threshold in force, and days of mindre intensiv indsats (MII).
with shares as (
    select
        windows.person_id,
        windows.measure_month,
        windows.benefit_group,
        spells.spell_id,
        windows.clock_unit,
        windows.window_start_date,
        windows.measurement_date,
        windows.exempt_units,
        windows.window_units,
        windows.mii_days,
        windows.is_7_months_plus,
        windows.is_exempt_conversations,
        windows.is_exempt_offers,
        coalesce({{ exempt_share_reached('numbers.early_exempt_percent') }}, false) as is_early_share_reached,
        numbers.exempt_percent,
        numbers.early_exempt_percent,
        numbers.early_exempt_mii_days,
        case
            when windows.window_units > 0
                then round(cast(windows.exempt_units as decimal(18, 2)) * 100 / windows.window_units, 1)
            else 0
        end as exempt_share_percent
    from {{ with_person_id(ref('int_person_months')) }} as windows
    inner join {{ ref('int_explained_spells') }} as spells
        on windows.person_id = spells.person_id and windows.spell_key = spells.spell_key
    inner join {{ ref('int_months') }} as numbers on windows.measure_month = numbers.measure_month
),

questions as (
    select
        shares.*,
        asked.question,
        case asked.question
            when 'share' then 'exempt_share'
            when 'mii' then 'mii_in_window'
            when 'early' then 'early_thresholds'
            when 'offers' then case when shares.is_exempt_offers then 'offers_exempt' else 'offers_not_exempt' end
            else
                case
                    when not shares.is_exempt_conversations then 'conversations_not_exempt'
                    when shares.is_exempt_offers then 'conversations_exempt'
                    when shares.is_early_share_reached then 'conversations_exempt_by_early_share'
                    else 'conversations_exempt_by_mii'
                end
        end as answer
    from shares
    cross join (values ('share'), ('mii'), ('early'), ('conversations'), ('offers')) as asked (question)
    where
        case asked.question
            when 'early' then not shares.is_7_months_plus and shares.early_exempt_percent is not null
            when 'mii' then shares.mii_days > 0
            else true
        end
),

final as (
    select
        {{ month_columns('questions') }},
        questions.exempt_percent,
        questions.early_exempt_percent,
        questions.early_exempt_mii_days,
        questions.mii_days,
        questions.is_exempt_conversations,
        questions.is_exempt_offers,
        questions.window_start_date as from_date,
        questions.measurement_date as to_date,
        case
            when questions.answer = 'mii_in_window' then cast(questions.mii_days as decimal(12, 2))
            when questions.answer = 'exempt_share' then {{ as_amount('questions.exempt_units', 'questions.clock_unit') }}
        end as amount,
        case questions.answer when 'mii_in_window' then 'days' when 'exempt_share' then questions.clock_unit end as unit,
        case
            when questions.question = 'offers' then questions.is_exempt_offers
            when questions.question = 'conversations' then questions.is_exempt_conversations
        end as is_counted,
        {{ told([
            units_text('questions.exempt_units', 'questions.clock_unit'),
            units_text('questions.window_units', 'questions.clock_unit'),
            number_text('cast(questions.exempt_share_percent as decimal(5, 1))'),
            'questions.exempt_percent', 'questions.early_exempt_percent', 'questions.early_exempt_mii_days',
            days_text('questions.mii_days'),
        ]) }}
    from questions
    left join {{ ref('explanation_sentences') }} as sentences on questions.answer = sentences.sentence
)

select * from final
