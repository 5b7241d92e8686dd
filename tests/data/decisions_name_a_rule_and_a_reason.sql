-- Rules: C-01 to C-11, O-01 to O-07.
-- Every decision names a rule of its section that can admit or reject, a sentence, and the source of the rule.
with decisions as (
    select 'conversation' as decided, is_admitted as can_count, rule_id, reason, source, count(*) as decisions
    from {{ ref('fct_conversation_decisions') }}
    group by is_admitted, rule_id, reason, source
    union all
    select 'offer' as decided, is_qualifying as can_count, rule_id, reason, source, count(*) as decisions
    from {{ ref('fct_offer_decisions') }}
    group by is_qualifying, rule_id, reason, source
),

final as (
    select *
    from decisions
    where
        (decided, can_count, rule_id) not in (
            ('conversation', true, 'C-01'),
            ('conversation', true, 'C-04'),
            ('conversation', true, 'C-05'),
            ('conversation', true, 'C-06'),
            ('conversation', true, 'C-07'),
            ('conversation', true, 'C-08'),
            ('conversation', true, 'C-09'),
            ('conversation', true, 'C-10'),
            ('conversation', false, 'C-01'),
            ('conversation', false, 'C-02'),
            ('conversation', false, 'C-03'),
            ('conversation', false, 'C-04'),
            ('conversation', false, 'C-07'),
            ('conversation', false, 'C-09'),
            ('conversation', false, 'C-11'),
            ('offer', true, 'O-03'),
            ('offer', true, 'O-04'),
            ('offer', true, 'O-05'),
            ('offer', true, 'O-06'),
            ('offer', true, 'O-07'),
            ('offer', false, 'O-01'),
            ('offer', false, 'O-06')
        )
        or trim(reason) = ''
        or trim(source) = ''
)

select * from final
