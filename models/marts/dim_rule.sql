-- Grain: rule or reading (fortolkning) of the catalogue. Rules: all.
-- What each rule id means: statement, source, and the reading taken where the sources leave doubt.
with final as (
    select
        rules.rule_id,
        rules.area,
        rules.title,
        rules.statement,
        rules.reading,
        rules.has_boundary,
        rules.boundary,
        rules.valid_from,
        rules.valid_to,
        rules.unit as valid_for,
        rules.source_document,
        documents.title as source_title,
        rules.source_section
    from {{ ref('rule_catalogue') }} as rules
    left join {{ ref('source_documents') }} as documents on rules.source_document = documents.source_document
)

select * from final
