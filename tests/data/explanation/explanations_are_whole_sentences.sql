-- Rules: all that decide a person-month.
-- Every line says something in both languages, with its rule, its source and its section.
with final as (
    select person_id, measure_month, benefit_group, line_number, sentence, rule_id, source, text_da, text_en
    from {{ ref('explain_person_months') }}
    where
        coalesce(text_da, '') = ''
        or coalesce(text_en, '') = ''
        or regexp_matches(text_da || text_en, '[{}]|  ')
        or not coalesce(regexp_full_match(rule_id, '[BSDTMECOHX]-[0-9]{2}'), false)
        or not coalesce(regexp_full_match(source, '[^:]+: .+'), false)
        or section_order is null
        or to_date < from_date
)

select * from final
