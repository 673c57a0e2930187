-- What a person does in Neovim, and what comes of it, as JSON in the file $OUT.
local told = {}
local buffer = vim.api.nvim_get_current_buf()

local function codes()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(buffer)) do
    local data = each.user_data and each.user_data.lsp or {}
    table.insert(found, each.code or data.code)
  end
  table.sort(found)
  return found
end

local function wait_for(what)
  if not vim.wait(15000, what, 10) then
    error('waited in vain: ' .. vim.inspect(codes()))
  end
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 10000)
  for _, answer in pairs(answers or {}) do
    return answer.result
  end
end

local function has(code)
  return vim.tbl_contains(codes(), code)
end

local function line_of(words)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    if line:find(words, 1, true) then
      return number
    end
  end
end

local function session()
  wait_for(function() return has('PM402') end)
  told.opened = codes()

  -- Type the missing zone.
  local number = line_of('**Duration:**')
  local line = vim.api.nvim_buf_get_lines(buffer, number - 1, number, false)[1]
  vim.api.nvim_buf_set_lines(buffer, number - 1, number, false, { line .. ' UTC' })
  wait_for(function() return not has('PM203') end)
  told.edited = codes()

  -- Ask what the rule is, then apply its quick fix.
  vim.api.nvim_win_set_cursor(0, { line_of('9:40 AM'), 4 })
  told.hover = ask('textDocument/hover', vim.lsp.util.make_position_params()).contents.value
  local params = vim.lsp.util.make_range_params()
  params.context = { diagnostics = {} }
  local actions = ask('textDocument/codeAction', params)
  told.actions = vim.tbl_map(function(each) return each.title end, actions)
  vim.lsp.util.apply_workspace_edit(actions[1].edit, 'utf-16')
  wait_for(function() return not has('PM402') end)
  told.fixed = codes()

  -- Places behind an emoji are right.
  number = line_of('some users')
  line = vim.api.nvim_buf_get_lines(buffer, number - 1, number, false)[1]
  vim.api.nvim_buf_set_lines(buffer, number - 1, number, false, { (line:gsub('Search was', '🚨🚨 Search was')) })
  wait_for(function()
    for _, each in ipairs(vim.diagnostic.get(buffer)) do
      if each.lnum == number - 1 then
        local text = vim.api.nvim_buf_get_lines(buffer, number - 1, number, false)[1]
        told.marked = text:sub(each.col + 1, each.end_col)
        return told.marked == 'some users'
      end
    end
  end)

  local symbols = ask('textDocument/documentSymbol', { textDocument = vim.lsp.util.make_text_document_params() })
  told.symbols = vim.tbl_map(function(each) return each.name end, symbols[1].children)
  told.text = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
end

local fine, fault = pcall(session)
told.fault = not fine and tostring(fault) or nil
local out = io.open(os.getenv('OUT'), 'w')
out:write(vim.fn.json_encode(told))
out:close()
vim.cmd('qall!')
