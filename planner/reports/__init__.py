"""What people sign: facts said in their language, drawn, printed and laid out as workbooks."""
