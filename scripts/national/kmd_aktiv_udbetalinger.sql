select person_id, ydelseskode, periode_start, periode_slut, kommunekode
from municipal_payment
where is_in_kmd_aktiv
order by person_no, periode_start, ydelseskode, periode_slut, kommunekode
