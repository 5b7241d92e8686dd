-- Rules: V-05.
-- Only municipalities under administration in the year have a case review.
with final as (
    select reviews.municipality_code, reviews."year", reviews.person_id, reviews.benefit_group
    from {{ ref('mart_case_review') }} as reviews
    anti join {{ ref('mart_supervision') }} as supervision
        on
            reviews.municipality_code = supervision.municipality_code
            and reviews."year" = supervision."year"
            and supervision.status = 'administration'
)

select * from final
