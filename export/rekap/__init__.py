"""Many agencies' plans in one workbook."""
