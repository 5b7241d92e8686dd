-- Which rules reject conversations, year by year?
select
    year(conversation_date) as conversation_year,
    rule_id,
    reason,
    count(*) as conversations
from {{ ref('fct_conversation_decisions') }}
where not is_admitted
group by year(conversation_date), rule_id, reason
order by conversation_year asc, conversations desc
