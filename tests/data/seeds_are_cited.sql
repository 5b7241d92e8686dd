-- Rules: all.
-- Every row of every seed of parameters or texts names a rule of the catalogue, a document that exists, a section and, where
-- it is not a sentence, a unit; every row of the catalogue names a document that exists. No seed is left out of this test.
{% set texts = ['code_names', 'explanation_sections', 'explanation_sentences'] %}
{% set sentences = ['conversation_verdicts', 'offer_verdicts', 'supervision_transitions'] + texts %}
{% set catalogue = ['rule_catalogue', 'rule_tests', 'source_documents'] %}
{% set left_out = [] %}
{% for seed, description in project_texts('seed') if seed not in parameter_seeds() + texts + catalogue %}
{% do left_out.append(seed) %}
{% endfor %}
with citations as (
    {% for seed in parameter_seeds() + texts %}
    select
        '{{ seed }}' as seed,
        rule_id,
        source_document,
        source_section,
        {{ "'sentence'" if seed in sentences else 'unit' }} as unit
    from {{ ref(seed) }}
    union all
    {% endfor %}
    select 'rule_catalogue' as seed, rule_id, source_document, source_section, unit
    from {{ ref('rule_catalogue') }}
),

final as (
    select distinct seed, rule_id, source_document, source_section, unit
    from citations
    where
        rule_id is null
        or rule_id not in (select rules.rule_id from {{ ref('rule_catalogue') }} as rules)
        or source_document is null
        or source_document not in (select documents.source_document from {{ ref('source_documents') }} as documents)
        or coalesce(trim(source_section), '') = ''
        or coalesce(trim(unit), '') = ''
    {% for seed in left_out %}
    union all
    select
        '{{ seed }}' as seed,
        'not listed in parameter_seeds' as rule_id,
        null as source_document,
        null as source_section,
        null as unit
    {% endfor %}
)

select * from final
